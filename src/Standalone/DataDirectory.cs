using System.Security.Cryptography;
using System.Text.Json;

namespace SaaS.Analytics.Standalone;

/// <summary>The folder that keeps everything of one embedded installation; open in one process at a time.</summary>
public sealed class DataDirectory : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    readonly FileStream gate;

    DataDirectory(string path, FileStream gate)
    {
        Path = path;
        this.gate = gate;
        Secrets = ReadSecrets();
    }

    public string Path { get; }

    public StandaloneSecrets Secrets { get; }

    /// <exception cref="StandaloneException">It cannot be written, or another process has it.</exception>
    public static DataDirectory Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(path);
            return new DataDirectory(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StandaloneException($"The folder {path} cannot be written: choose another with --data DIR.", e);
        }
        catch (IOException e) when (File.Exists(System.IO.Path.Combine(path, "lock")))
        {
            throw new StandaloneException($"The folder {path} is in use by another run: stop that one, or choose another with --data DIR.", e);
        }
        catch (IOException e)
        {
            throw new StandaloneException($"The folder {path} cannot be written ({e.Message.TrimEnd('.')}): choose another with --data DIR.", e);
        }
    }

    public string Sub(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that only its owner can read, whole or not at all.</summary>
    public void WritePrivate(string name, string text)
    {
        var draft = Sub(name + ".new");
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(draft, options)) writer.Write(text);
        File.Move(draft, Sub(name), overwrite: true);
    }

    public void Dispose() => gate.Dispose();

    StandaloneSecrets ReadSecrets()
    {
        var file = Sub("secrets.json");
        if (File.Exists(file)) return JsonSerializer.Deserialize<StandaloneSecrets>(File.ReadAllText(file))!;
        var secrets = new StandaloneSecrets(New(), New(), New(), New(), New(), New());
        WritePrivate("secrets.json", JsonSerializer.Serialize(secrets));
        return secrets;
    }

    static string New() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 24);
}

/// <summary>Random credentials of one data directory.</summary>
public sealed record StandaloneSecrets(
    string PostgresOwner, string PostgresApp, string PostgresSystem, string ClickHouse, string OutboxToken, string DemoPassword);
