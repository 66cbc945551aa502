using System.Runtime.InteropServices;

namespace SaaS.Analytics.Ingestion;

/// <summary>Makes a file's name durable: fsync of the file alone does not promise that its directory entry survives.</summary>
static class DirectorySync
{
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(directory, 0);
        if (handle < 0) throw new IOException($"Cannot open directory {directory}: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Fsync(handle) != 0) throw new IOException($"Cannot sync directory {directory}: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Close(int handle);
}
