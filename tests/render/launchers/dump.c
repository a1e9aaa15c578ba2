/* Stands in for powershell.exe under Wine: writes down what cmd.exe handed to it. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static void line(FILE *file, const WCHAR *text)
{
    char bytes[70000];
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    fprintf(file, "%s\n", bytes);
}

int main(void)
{
    WCHAR folder[4096] = L"", modules[4096] = L"", here[4096], out[4096], code[16];
    static WCHAR half[32768];
    WCHAR name[32], *end = half;
    FILE *file;
    int n;
    GetEnvironmentVariableW(L"DUMP", out, 4096);
    GetEnvironmentVariableW(L"OQSGEN_FOLDER", folder, 4096);
    GetEnvironmentVariableW(L"PSModulePath", modules, 4096);
    GetCurrentDirectoryW(4096, here);
    for (n = 1; wsprintfW(name, L"OQSGEN_HALF_%d", n), GetEnvironmentVariableW(name, end, half + 32766 - end); n++)
        end += lstrlenW(end);
    file = _wfopen(out, L"ab");
    line(file, GetCommandLineW());
    line(file, folder);
    line(file, here);
    line(file, modules);
    line(file, half);
    fclose(file);
    return GetEnvironmentVariableW(L"CODE", code, 16) ? _wtoi(code) : 0;
}
