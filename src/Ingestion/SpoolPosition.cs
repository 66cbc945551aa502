namespace SaaS.Analytics.Ingestion;

/// <summary>A place in the spool: number of the segment in the upper half, offset in it in the lower; ordered.</summary>
readonly record struct SpoolPosition(long Value) : IComparable<SpoolPosition>
{
    public SpoolPosition(int segment, int offset) : this(((long)segment << 32) | (uint)offset) { }

    public int Segment => (int)(Value >> 32);
    public int Offset => (int)Value;

    public SpoolPosition Plus(int bytes) => new(Segment, Offset + bytes);
    public int CompareTo(SpoolPosition other) => Value.CompareTo(other.Value);
    public static bool operator <(SpoolPosition a, SpoolPosition b) => a.Value < b.Value;
    public static bool operator >(SpoolPosition a, SpoolPosition b) => a.Value > b.Value;
    public static bool operator <=(SpoolPosition a, SpoolPosition b) => a.Value <= b.Value;
    public static bool operator >=(SpoolPosition a, SpoolPosition b) => a.Value >= b.Value;
}
