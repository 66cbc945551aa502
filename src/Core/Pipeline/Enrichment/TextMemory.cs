namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Remembers what was made of short texts that come again and again, so that it is made once and its strings are shared.
/// Thread-safe.
/// </summary>
/// <param name="make">Depends on nothing but the text.</param>
sealed class TextMemory<T>(Func<string, T> make)
{
    const int Remembered = 8_000;
    const int LongestText = 256;

    readonly RecentCache<string, T> known = new(Remembered);
    readonly Lock @lock = new();

    public T Of(string text)
    {
        if (text.Length > LongestText)
            return make(text);
        lock (@lock)
            if (known.TryGet(text, out var value))
                return value;
        var made = make(text);
        lock (@lock)
            known.Set(text, made);
        return made;
    }
}
