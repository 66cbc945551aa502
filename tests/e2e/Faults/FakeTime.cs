namespace SaaS.Analytics.E2E.Faults;

/// <summary>A process whose clock is wrong, by Debian's libfaketime.</summary>
static class FakeTime
{
    const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    public static bool Installed => File.Exists(Library);

    /// <summary>Only the time of day is shifted: waits and timers go on as they are.</summary>
    public static Dictionary<string, string> Shift(TimeSpan by, Dictionary<string, string> environment)
    {
        if (by == TimeSpan.Zero) return environment;
        environment["LD_PRELOAD"] = Library;
        environment["FAKETIME"] = $"{(by < TimeSpan.Zero ? '-' : '+')}{Math.Abs((long)by.TotalSeconds)}s";
        environment["DONT_FAKE_MONOTONIC"] = "1";
        environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        return environment;
    }
}

/// <summary>Needs libfaketime.</summary>
sealed class FakeTimeTheoryAttribute : TheoryAttribute
{
    public FakeTimeTheoryAttribute()
    {
        if (!FakeTime.Installed) Skip = "libfaketime is not installed: apt-get install libfaketime.";
    }
}
