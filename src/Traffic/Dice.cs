using System.Buffers.Binary;

namespace SaaS.Analytics.Traffic;

/// <summary>Seeded random numbers (SplitMix64): the same seed gives the same numbers on every machine and runtime.</summary>
public sealed class Dice(ulong seed)
{
    const ulong Step = 0x9E3779B97F4A7C15;
    ulong state = seed;

    public ulong Next() => Scramble(state += Step);

    /// <returns>0 … below 1.</returns>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Below(int limit) => (int)(Share() * limit);

    public bool Chance(double share) => Share() < share;

    /// <summary>Waiting time of a Poisson process.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Share());

    /// <summary>Log-normal: half of the values lie below <paramref name="median"/>, a few far above.</summary>
    public double LogNormal(double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share()));

    /// <summary>A random UUID (version 4), as a client would make it.</summary>
    public Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x40);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>One seed out of two, so that each day or person has numbers of its own.</summary>
    public static ulong Mix(ulong seed, ulong part) => Scramble(Scramble(seed + Step) ^ (part + 1) * Step);

    static ulong Scramble(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
