import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
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

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkExit(int status) {
                throw new Exit(status);
            }

            @Override
            public void checkPermission(Permission permission) {}
        });
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
            new sun.security.tools.jarsigner.Main().run(call);
        } catch (Exit exit) {
            status = exit.status;
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
