/* Runs each line of a file (UTF-8, a NUL between two lines) as sshd of Win32-OpenSSH runs what a client asks for. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 9000

static int run(const char *text) {
  static wchar_t line[LONGEST], command[LONGEST + 64];
  STARTUPINFOW start = {sizeof start};
  PROCESS_INFORMATION process;
  if (MultiByteToWideChar(CP_UTF8, 0, text, -1, line, LONGEST) == 0) return 1;
  swprintf(command, LONGEST + 64, L"\"c:\\windows\\system32\\cmd.exe\" /c \"%ls\"", line);
  if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) return 1;
  WaitForSingleObject(process.hProcess, INFINITE);
  CloseHandle(process.hProcess);
  CloseHandle(process.hThread);
  return 0;
}

int wmain(int count, wchar_t **words) {
  FILE *file = count > 1 ? _wfopen(words[1], L"rb") : NULL;
  if (file == NULL) return 2;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = calloc(size + 1, 1);
  if (text == NULL || fread(text, 1, size, file) != (size_t)size) return 2;
  for (char *line = text; line < text + size; line += strlen(line) + 1) {
    if (run(line) != 0) return 3;
  }
  return 0;
}
