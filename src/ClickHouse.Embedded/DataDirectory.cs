namespace SaaS.Analytics.EmbeddedClickHouse;

/// <summary>The engine's directory, locked for this process until disposed.</summary>
public sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(FileStream file) => _lock = file;

    /// <exception cref="StartupException">The directory cannot be written or belongs to another running process.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new DataDirectory(OpenLock(Path.Combine(path, "process.lock"), path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data directory {path} cannot be written: {failure.Message}");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream OpenLock(string file, string path)
    {
        // separates "cannot be written" from "is locked", which .NET both reports as IOException
        File.Create(file + ".try", 1, FileOptions.DeleteOnClose).Dispose();

        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartupException($"The data directory {path} is already in use by another process.");
        }
    }
}
