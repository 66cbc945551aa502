using System.Buffers;

namespace SaaS.Analytics.Ingestion;

/// <summary>A request's body in a rented array.</summary>
sealed class BodyBytes(byte[] rented, int length) : IDisposable
{
    public ReadOnlySpan<byte> Span => rented.AsSpan(0, length);
    public byte[] Array => rented;
    public int Length => length;

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);
}
