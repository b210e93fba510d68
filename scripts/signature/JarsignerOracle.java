import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Permission;

/**
 * Answers what jarsigner says about many files, in one process: reads `ARGUMENT<TAB>...` lines, each the arguments after
 * `-verify -strict`, and prints `EXIT<TAB>RESULT` for each.
 */
@SuppressWarnings("removal")
public class JarsignerOracle {
    private static final class Exit extends Error {
        final int status;

        Exit(int status) {
            super(null, null, false, false);
            this.status = status;
        }
    }

    private static final String[][] RESULTS = {
        {"jar verified, with signer errors.", "signer-errors"},
        {"jar verified.", "verified"},
        {"The jar will be treated as unsigned, because it is signed with a weak algorithm", "treated-unsigned-weak"},
        {"WARNING: Signature is either not parsable", "treated-unsigned"},
        {"jar is unsigned.", "unsigned"},
        {"jarsigner: ", "exception"},
        {"jarsigner error: ", "exception"},
    };

    private static final Method RUN = find();

    private static Method find() {
        try {
            return sun.security.tools.jarsigner.Main.class.getMethod("run", String[].class);
        } catch (NoSuchMethodException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        if (RUN.getReturnType() == void.class) {
            // Up to JDK 24 it ends the process itself.
            System.setSecurityManager(new SecurityManager() {
                @Override
                public void checkExit(int status) {
                    throw new Exit(status);
                }

                @Override
                public void checkPermission(Permission permission) {}
            });
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
            String[] rest = line.split("\t");
            String[] call = new String[rest.length + 2];
            call[0] = "-verify";
            call[1] = "-strict";
            System.arraycopy(rest, 0, call, 2, rest.length);
            answers.println(verify(call));
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static String verify(String[] call) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(printed, true);
        System.setOut(print);
        System.setErr(print);
        int status = 0;
        try {
            Object returned = RUN.invoke(new sun.security.tools.jarsigner.Main(), (Object) call);
            status = returned == null ? 0 : (Integer) returned;
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof Exit)) {
                // The launcher would print it and end with 1.
                return "1\texception";
            }
            status = ((Exit) thrown.getCause()).status;
        } catch (Throwable thrown) {
            // The launcher would print it and end with 1.
            return "1\texception";
        }
        String text = printed.toString();
        for (String[] result : RESULTS) {
            if (text.contains(result[0])) {
                return status + "\t" + result[1];
            }
        }
        return status + "\tunknown: " + text.replaceAll("\\s+", " ").trim();
    }
}
