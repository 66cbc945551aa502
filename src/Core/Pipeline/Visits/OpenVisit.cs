using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>A visit that can still get events. One class for the live pipeline and for a rebuild from rows.</summary>
sealed class OpenVisit(ulong visitId, KnownVisitor visitor, DateTime firstReceivedAt)
{
    public ulong VisitId => visitId;
    public KnownVisitor Visitor { get; set; } = visitor;
    public DateTime FirstReceivedAt => firstReceivedAt;

    /// <summary>Most visits have none, and a million of them are open at once.</summary>
    Named? name;
    public DateTime Start { get; set; } = DateTime.MaxValue;
    public DateTime End { get; set; } = DateTime.MinValue;
    public VisitorMode Mode { get; set; }
    public uint Number { get; set; }

    /// <summary>End of the visitor's visit before, as it was known when this one began; <c>default</c>: none, or not known any more.</summary>
    public DateTime PreviousEnd { get; set; }
    public string UserId
    {
        get => name?.UserId ?? "";
        init
        {
            if (value.Length > 0) (name ??= new Named()).UserId = value;
        }
    }
    public DateTime UserIdAt
    {
        get => name?.At ?? DateTime.MinValue;
        init
        {
            if (value != DateTime.MinValue) (name ??= new Named()).At = value;
        }
    }
    public uint Pageviews { get; set; }
    public uint Events { get; set; }
    public uint InteractiveEvents { get; set; }
    public ulong EngagementMs { get; set; }
    public VisitPage Entry { get; set; } = VisitPage.None;
    public VisitPage Exit { get; set; } = VisitPage.None;
    public Attribution? Attribution { get; set; }
    public Place? Place { get; set; }
    public Device? Device { get; set; }

    /// <summary>Ids seen in it that tell people apart; 0 while there was none.</summary>
    public ulong User
    {
        get => name?.Hash ?? 0;
        set
        {
            if (value != User) (name ??= new Named()).Hash = value;
        }
    }
    public ulong Consented { get; set; }

    /// <summary>When it was last touched, on the partition's clock of event times.</summary>
    public DateTime Touched { get; set; }

    /// <summary>Whole milliseconds, a day at most.</summary>
    public TimeSpan Timeout
    {
        get => TimeSpan.FromMilliseconds(timeoutMs);
        set => timeoutMs = (int)value.TotalMilliseconds;
    }
    int timeoutMs;

    /// <summary>The last search that found it.</summary>
    public int Search { get; set; }

    /// <summary>A snapshot of it has left the pipeline, so that its end must be told too.</summary>
    public bool IsStored { get; set; }
    public OpenVisit? MergedInto { get; private set; }

    /// <summary>Takes one event in; the result does not depend on the order of the calls.</summary>
    public void Add(EventRow e)
    {
        if (e.Name == EventNames.Engagement)
            EngagementMs += e.EngagementMs;
        else
            AddCounted(e);
        if (e.Timestamp > End)
            End = e.Timestamp;
        if (e.VisitorMode > Mode)
            Mode = e.VisitorMode;
        if (e.UserId.Length > 0)
            Name(e.UserId, e.Timestamp);
    }

    /// <summary>Lets go of texts of its own that other visits have too; wanted after each event that counts.</summary>
    /// <param name="shared">Of the partition.</param>
    /// <param name="at">Time of that event: where it is the first one, it brought what the visit has from its origin.</param>
    public void Share(SharedParts shared, DateTime at)
    {
        if (at == Start)
            (Attribution, Place, Device) = (shared.Of(Attribution!), shared.Of(Place!), shared.Of(Device!));
        if (at == Entry.At)
            Entry = shared.Of(Entry);
        if (at == Exit.At)
            Exit = shared.Of(Exit);
    }

    /// <summary>From now on this object only leads to the same visit as it was rebuilt; events do not hold all that it knew.</summary>
    public void Replace(OpenVisit rebuilt)
    {
        (rebuilt.Number, rebuilt.PreviousEnd) = (Number, PreviousEnd == default ? rebuilt.PreviousEnd : PreviousEnd);
        (rebuilt.User, rebuilt.Consented) = (User != 0 ? User : rebuilt.User, Consented != 0 ? Consented : rebuilt.Consented);
        LeadTo(rebuilt);
    }

    /// <summary>From now on this object only leads to what a repair made of it.</summary>
    public void LeadTo(OpenVisit repaired)
    {
        repaired.PreviousEnd = repaired.PreviousEnd == default ? PreviousEnd : repaired.PreviousEnd;
        repaired.Touched = Touched > repaired.Touched ? Touched : repaired.Touched;
        MergedInto = repaired;
    }

    /// <summary>Takes over all of a visit that turned out to be the same one.</summary>
    public void Merge(OpenVisit other)
    {
        other.MergedInto = this;
        (Pageviews, Events) = (Pageviews + other.Pageviews, Events + other.Events);
        (InteractiveEvents, EngagementMs) = (InteractiveEvents + other.InteractiveEvents, EngagementMs + other.EngagementMs);
        Begin(other.Start, other.Attribution!, other.Place!, other.Device!);
        (Entry, Exit) = (VisitPage.First(Entry, other.Entry), VisitPage.Last(Exit, other.Exit));
        End = other.End > End ? other.End : End;
        Mode = other.Mode > Mode ? other.Mode : Mode;
        PreviousEnd = other.Number < Number ? other.PreviousEnd : PreviousEnd;
        Number = Math.Min(Number, other.Number);
        Name(other.UserId, other.UserIdAt);
        User = User == 0 ? other.User : User;
        Consented = Consented == 0 ? other.Consented : Consented;
    }

    void AddCounted(EventRow e)
    {
        Events++;
        if (EventNames.IsCustom(e.Name) && e.Interactive)
            InteractiveEvents++;
        if (EventNames.IsPageView(e.Name))
        {
            Pageviews++;
            var page = new VisitPage(e.Hostname, e.Path, e.Timestamp);
            (Entry, Exit) = (VisitPage.First(Entry, page), VisitPage.Last(Exit, page));
        }
        if (e.Timestamp <= Start)
            Begin(e.Timestamp, Attribution.Of(e), Place.Of(e), Device.Of(e));
        else
            Device = Device?.Judged(e.BotScore, e.BotName);
    }

    void Begin(DateTime start, Attribution attribution, Place place, Device device)
    {
        if (start > Start || (start == Start && Attribution is not null && Attribution.CompareTo(attribution) <= 0))
            Device = Device?.Judged(device.BotScore, device.BotName);
        else
            (Start, Attribution, Place, Device) = (start, attribution, place, Device is { } before ? device.Judged(before.BotScore, before.BotName) : device);
    }

    void Name(string userId, DateTime at)
    {
        if (at > UserIdAt || (at == UserIdAt && string.CompareOrdinal(userId, UserId) > 0))
        {
            name ??= new Named();
            (name.UserId, name.At) = (userId, at);
        }
    }

    /// <summary>The tenant's own id of the person, its hash, and the time of the event that brought it.</summary>
    sealed class Named
    {
        public string UserId { get; set; } = "";
        public DateTime At { get; set; } = DateTime.MinValue;
        public ulong Hash { get; set; }
    }
}
