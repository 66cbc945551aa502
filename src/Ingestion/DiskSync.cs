using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SaaS.Analytics.Ingestion;

/// <summary>What .NET lacks of making things durable.</summary>
static class DiskSync
{
    /// <summary>Content and length of a file, without its times: a third faster than a full fsync.</summary>
    /// <exception cref="IOException">Nothing is known of what was written before.</exception>
    public static void Data(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) RandomAccess.FlushToDisk(file);
        else if (Fdatasync(file) != 0) throw new IOException($"fdatasync failed: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>A new file's name: fsync of the file alone does not promise that its directory entry survives.</summary>
    public static void Directory(string directory)
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

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Fdatasync(SafeFileHandle handle);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Close(int handle);
}
