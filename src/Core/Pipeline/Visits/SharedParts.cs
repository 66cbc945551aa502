namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>Keeps one copy of what many open visits have in common: most of a visit's memory is text that others have too.</summary>
sealed class SharedParts
{
    const int Remembered = 50_000;

    readonly RecentCache<Attribution, Attribution> attributions = new(Remembered);
    readonly RecentCache<Place, Place> places = new(Remembered);
    readonly RecentCache<Device, Device> devices = new(Remembered);
    readonly RecentCache<string, string> texts = new(Remembered);

    public Attribution Of(Attribution part) => One(attributions, part);

    public Place Of(Place part) => One(places, part);

    public Device Of(Device part) => One(devices, part);

    public VisitPage Of(VisitPage page) => page with { Hostname = One(texts, page.Hostname), Path = One(texts, page.Path) };

    static T One<T>(RecentCache<T, T> known, T part) where T : class
    {
        if (!known.TryGet(part, out var first))
            known.Set(part, first = part);
        return first;
    }
}
