/* Prints the arguments it got, each as the hexadecimal digits of its UTF-16 units. */
#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **words) {
  for (int index = 1; index < count; index++) {
    putchar(index == 1 ? '[' : ',');
    for (const wchar_t *unit = words[index]; *unit; unit++) printf("%04x", (unsigned)*unit);
  }
  puts(count > 1 ? "]" : "[]");
  return 0;
}
