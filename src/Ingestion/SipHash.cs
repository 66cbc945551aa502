using System.Buffers.Binary;
using System.Numerics;

namespace SaaS.Analytics.Ingestion;

/// <summary>SipHash-2-4 with a 128-bit key: a keyed hash that cannot be turned back, or guessed, without the key.</summary>
static class SipHash
{
    public const int KeyBytes = 16;

    public static ulong Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        var k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        var state = new State
        {
            V0 = k0 ^ 0x736f6d6570736575, V1 = k1 ^ 0x646f72616e646f6d, V2 = k0 ^ 0x6c7967656e657261, V3 = k1 ^ 0x7465646279746573,
        };
        var last = (ulong)data.Length << 56;
        for (; data.Length >= 8; data = data[8..]) state.Absorb(BinaryPrimitives.ReadUInt64LittleEndian(data));
        for (var i = 0; i < data.Length; i++) last |= (ulong)data[i] << (8 * i);
        state.Absorb(last);
        return state.Finish();
    }

    struct State
    {
        public ulong V0, V1, V2, V3;

        public void Absorb(ulong word)
        {
            V3 ^= word;
            Round();
            Round();
            V0 ^= word;
        }

        public ulong Finish()
        {
            V2 ^= 0xff;
            for (var i = 0; i < 4; i++) Round();
            return V0 ^ V1 ^ V2 ^ V3;
        }

        void Round()
        {
            V0 += V1;
            V1 = BitOperations.RotateLeft(V1, 13) ^ V0;
            V0 = BitOperations.RotateLeft(V0, 32);
            V2 += V3;
            V3 = BitOperations.RotateLeft(V3, 16) ^ V2;
            V0 += V3;
            V3 = BitOperations.RotateLeft(V3, 21) ^ V0;
            V2 += V1;
            V1 = BitOperations.RotateLeft(V1, 17) ^ V2;
            V2 = BitOperations.RotateLeft(V2, 32);
        }
    }
}
