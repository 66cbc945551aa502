namespace SaaS.Analytics.Ingestion;

/// <summary>Files only this user may read (mode 0600), written whole or not at all.</summary>
static class PrivateFile
{
    public static void Replace(string name, ReadOnlySpan<byte> content) => File.Move(Temporary(name, content), name, overwrite: true);

    /// <returns>False where another process was first; its file stays.</returns>
    public static bool TryCreate(string name, ReadOnlySpan<byte> content)
    {
        var temporary = Temporary(name, content);
        try
        {
            File.Move(temporary, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            File.Delete(temporary);
            return false;
        }
    }

    static string Temporary(string name, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(name))!);
        var temporary = $"{name}.{Guid.NewGuid():N}";
        using var file = new FileStream(temporary, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
        return temporary;
    }
}
