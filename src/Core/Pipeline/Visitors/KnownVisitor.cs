using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visitors;

/// <summary>
/// What is remembered of a visitor. A visitor keeps the id it was first seen under; a stronger id it gets later (consent,
/// sign-in) is stored as a row that only points to it: no visits, one alias.
/// </summary>
sealed class KnownVisitor(int siteId, ulong id)
{
    const int MaxAliases = 32;

    public int SiteId => siteId;
    public ulong Id => id;

    /// <summary>The visitor this id stands for; 0 where it stands for itself.</summary>
    public ulong SameAs { get; set; }
    public VisitorMode Mode { get; set; }
    public DateTime FirstSeen { get; set; } = DateTime.MaxValue;
    public ulong LastVisitId { get; set; }
    public DateTime LastVisitStart { get; set; } = DateTime.UnixEpoch;
    public DateTime LastVisitEnd { get; set; } = DateTime.UnixEpoch;
    public uint VisitCount { get; set; }
    public string Consent { get; set; } = "";

    /// <summary>Most visitors have none, and a million of them are remembered.</summary>
    Person? person;
    public string UserId
    {
        get => person?.UserId ?? "";
        set
        {
            if (value != UserId) Known().UserId = value;
        }
    }
    public bool UserVerified
    {
        get => person?.UserVerified ?? false;
        set
        {
            if (value != UserVerified) Known().UserVerified = value;
        }
    }
    public ulong[] Aliases
    {
        get => person?.Aliases ?? [];
        set
        {
            if (value.Length > 0 || person is not null) Known().Aliases = value;
        }
    }
    public KeyValuePair<string, string>[] Traits
    {
        get => person?.Traits ?? [];
        set
        {
            if (value.Length > 0 || person is not null) Known().Traits = value;
        }
    }

    public void AddAlias(ulong other)
    {
        if (other != 0 && other != Id && Aliases.Length < MaxAliases && !Aliases.Contains(other))
            Aliases = [.. Aliases, other];
    }

    /// <summary>Takes in one event of a visit of this visitor.</summary>
    public void Saw(OpenVisit visit, EventRow e)
    {
        FirstSeen = e.Timestamp < FirstSeen ? e.Timestamp : FirstSeen;
        Mode = e.VisitorMode > Mode ? e.VisitorMode : Mode;
        Consent = e.Consent.Length > 0 ? e.Consent : Consent;
        if (visit.VisitId == LastVisitId || visit.Start >= LastVisitStart)
            (LastVisitId, LastVisitStart, LastVisitEnd) = (visit.VisitId, visit.Start, visit.End);
        if (e.UserId.Length > 0)
            (UserId, UserVerified) = (e.UserId, e.UserVerified);
        if (e.Name == EventNames.Identify && e.Props.Length > 0)
            Traits = [.. e.Props.UnionBy(Traits, trait => trait.Key)];
    }

    /// <summary>An event says something of who it is from that is not what is known.</summary>
    public bool WouldLearn(EventRow e) =>
        (e.Consent.Length > 0 && e.Consent != Consent)
        || (e.UserId.Length > 0 && (e.UserId != UserId || e.UserVerified != UserVerified))
        || (e.Name == EventNames.Identify && e.Props.Length > 0);

    /// <summary>Takes in a visit that came from the store; the visitor's own row may not have been stored with it.</summary>
    public void Know(OpenVisit visit)
    {
        if (VisitCount > 0 && visit.Start <= LastVisitEnd)
            return;
        VisitCount++;
        FirstSeen = visit.Start < FirstSeen ? visit.Start : FirstSeen;
        (LastVisitId, LastVisitStart, LastVisitEnd, Mode) = (visit.VisitId, visit.Start, visit.End, visit.Mode);
    }

    /// <summary>Nothing is known of it but the ids that stand for it.</summary>
    public void Forget() => Become(new KnownVisitor(SiteId, Id) { Aliases = Aliases });

    public void Become(KnownVisitor other)
    {
        (SameAs, Mode, FirstSeen, Consent) = (other.SameAs, other.Mode, other.FirstSeen, other.Consent);
        (LastVisitId, LastVisitStart, LastVisitEnd, VisitCount) = (other.LastVisitId, other.LastVisitStart, other.LastVisitEnd, other.VisitCount);
        (UserId, UserVerified, Aliases, Traits) = (other.UserId, other.UserVerified, other.Aliases, other.Traits);
    }

    public static KnownVisitor Of(VisitorRow row)
    {
        var isPointer = row.VisitCount == 0 && row.LastVisitId == 0 && row.Aliases.Length == 1;
        return new KnownVisitor(row.SiteId, row.VisitorId)
        {
            SameAs = isPointer ? row.Aliases[0] : 0,
            Mode = row.VisitorMode,
            FirstSeen = row.VisitCount == 0 && !isPointer ? DateTime.MaxValue : row.FirstSeen,
            LastVisitId = row.LastVisitId,
            LastVisitStart = row.LastVisitStart,
            LastVisitEnd = row.LastVisitEnd,
            VisitCount = row.VisitCount,
            UserId = row.UserId,
            UserVerified = row.UserVerified,
            Aliases = isPointer ? [] : row.Aliases,
            Traits = row.Traits,
            Consent = row.Consent,
        };
    }

    public VisitorRow ToRow(ulong version) => new()
    {
        SiteId = SiteId,
        VisitorId = Id,
        Version = version,
        VisitorMode = Mode,
        FirstSeen = FirstSeen == DateTime.MaxValue ? DateTime.UnixEpoch : FirstSeen,
        LastVisitId = SameAs == 0 ? LastVisitId : 0,
        LastVisitStart = LastVisitStart,
        LastVisitEnd = LastVisitEnd,
        VisitCount = SameAs == 0 ? VisitCount : 0,
        UserId = UserId,
        UserVerified = UserVerified,
        Aliases = SameAs == 0 ? Aliases : [SameAs],
        Traits = Traits,
        Consent = Consent,
    };

    Person Known() => person ??= new Person();

    /// <summary>Who it is, where that was ever said.</summary>
    sealed class Person
    {
        public string UserId { get; set; } = "";
        public bool UserVerified { get; set; }
        public ulong[] Aliases { get; set; } = [];
        public KeyValuePair<string, string>[] Traits { get; set; } = [];
    }
}
