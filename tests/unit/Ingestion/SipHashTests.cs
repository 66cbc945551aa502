using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SipHashTests
{
    /// <summary>From the reference implementation's vectors: key 00…0f, data 00, 00 01, …</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void Reference_vectors(int length, ulong expected)
    {
        var bytes = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();
        Assert.Equal(expected, SipHash.Of(bytes, bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Crc32C_check_value() => Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));
}
