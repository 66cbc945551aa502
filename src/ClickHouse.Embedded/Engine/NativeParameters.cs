using System.Runtime.InteropServices;
using System.Text;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>Named statement parameters copied to native memory for the time of one call.</summary>
internal sealed unsafe class NativeParameters : IDisposable
{
    private readonly byte** _texts;
    private readonly nuint* _lengths;
    private readonly int _count;

    public NativeParameters(IReadOnlyCollection<KeyValuePair<string, string>> parameters)
    {
        _count = parameters.Count;
        _texts = (byte**)NativeMemory.AllocZeroed((nuint)Math.Max(1, 2 * _count), (nuint)sizeof(byte*));
        _lengths = (nuint*)NativeMemory.AllocZeroed((nuint)Math.Max(1, 2 * _count), (nuint)sizeof(nuint));
        var index = 0;
        foreach (var (name, value) in parameters)
        {
            Copy(name, index);
            Copy(value, _count + index++);
        }
    }

    public Chdb.Parameters Native => new()
    {
        Names = _texts,
        NameLengths = _lengths,
        Values = _texts + _count,
        ValueLengths = _lengths + _count,
        Count = (nuint)_count,
    };

    public void Dispose()
    {
        for (var i = 0; i < 2 * _count; i++)
            NativeMemory.Free(_texts[i]);
        NativeMemory.Free(_texts);
        NativeMemory.Free(_lengths);
    }

    private void Copy(string text, int index)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        _texts[index] = (byte*)NativeMemory.Alloc((nuint)length + 1);
        _lengths[index] = (nuint)Encoding.UTF8.GetBytes(text, new Span<byte>(_texts[index], length));
        _texts[index][length] = 0;
    }
}
