using System.Globalization;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Tests that break the same product one after the other, each with sites of its own.</summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection : ICollectionFixture<FaultStack>
{
    public const string Name = "faults";

    /// <summary>Rounds of random kills: <c>FAULT_ROUNDS</c>, 5 by default.</summary>
    public static int Rounds => Number("FAULT_ROUNDS") ?? 5;

    /// <summary><c>FAULT_SEED</c> repeats the decisions of an earlier run.</summary>
    public static int Seed { get; } = Number("FAULT_SEED") ?? Random.Shared.Next(1_000_000);

    /// <summary>How long a stopped server stays stopped: shorter within <c>./test</c>.</summary>
    public static TimeSpan Stopped => TimeSpan.FromSeconds(Rounds > 5 ? 60 : 10);

    /// <summary>How often what depends on a race is done: one run of it proves nothing.</summary>
    public static int Repeats => Rounds > 5 ? 10 : 1;

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
