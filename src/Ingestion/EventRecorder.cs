using System.Buffers;
using System.IO.Hashing;
using System.Text;
using MemoryPack;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Events;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Ingestion;

/// <summary>Turns a parsed batch into spool records: what passes the door becomes events, the rest is counted.</summary>
sealed class EventRecorder(IOptions<BrokerSettings> broker)
{
    const int KeptBytes = 1024 * 1024;
    [ThreadStatic] static ArrayBufferWriter<byte>? buffer;
    readonly int partitions = broker.Value.Partitions;

    /// <returns>The records, valid until the next call on this thread, and how many events are answered as accepted.</returns>
    public (ReadOnlyMemory<byte> Records, int Accepted) Record(BatchDraft batch, SiteEntry site, Sender sender, DateTime receivedAt, bool imports)
    {
        var to = Empty();
        var partition = Partitions.Of(site.Id, partitions);
        var receivedMs = new DateTimeOffset(receivedAt).ToUnixTimeMilliseconds();
        RejectedContent? kept = null;
        List<string>? excluded = null;
        var accepted = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var verdict = Door.Check(batch[i], batch, site, receivedAt, imports);
            if (verdict == Verdict.Rejected) (kept ??= new()).Keep(batch.Rejected[^1].Code, Collected(batch[i], batch.SentAt, site, sender, receivedAt));
            else accepted++;
            if (verdict == Verdict.Foreign) (excluded ??= []).Add("foreign_host");
            else if (verdict == Verdict.Passed && (sender.Shielded ?? Door.Shielded(batch[i], site)) is { } reason) (excluded ??= []).Add(reason);
            else if (verdict == Verdict.Passed) Event(to, batch[i], batch.SentAt, site, sender, receivedAt, partition);
        }
        foreach (var group in (excluded ?? []).GroupBy(reason => reason))
            Drop(to, new DropRecord("excluded", group.Key, group.Count()), site, partition, receivedMs);
        foreach (var group in batch.Rejected.GroupBy(r => r.Code))
            Drop(to, new DropRecord("invalid", group.Key, group.Count(), kept?.Of(group.Key)), site, partition, receivedMs);
        return (to.WrittenMemory, accepted);
    }

    /// <summary>All events of a batch dropped for one reason.</summary>
    public ReadOnlyMemory<byte> Refuse(BatchDraft batch, SiteEntry site, string outcome, string reason, DateTime receivedAt)
    {
        var to = Empty();
        var count = batch.Count + batch.Rejected.Count;
        if (count > 0)
            Drop(to, new DropRecord(outcome, reason, count), site, Partitions.Of(site.Id, partitions), new DateTimeOffset(receivedAt).ToUnixTimeMilliseconds());
        return to.WrittenMemory;
    }

    /// <summary>This thread's buffer; one that a large batch has blown up is not kept.</summary>
    static ArrayBufferWriter<byte> Empty()
    {
        if (buffer is null || buffer.Capacity > KeptBytes) buffer = new ArrayBufferWriter<byte>(16 * 1024);
        buffer.ResetWrittenCount();
        return buffer;
    }

    static void Event(ArrayBufferWriter<byte> to, EventDraft e, DateTime? sentAt, SiteEntry site, Sender sender, DateTime receivedAt, int partition)
    {
        var start = SpoolRecord.Begin(to);
        var collected = Collected(e, sentAt, site, sender, receivedAt);
        MemoryPackSerializer.Serialize(to, collected);
        if (to.WrittenCount - start > EventLimits.EventBytes + SpoolRecord.HeaderBytes && e.Props.Count > 0)
        {
            Shorten(e);
            Rewind(to, start);
            Event(to, e, sentAt, site, sender, receivedAt, partition);
            return;
        }
        SpoolRecord.End(to, start, RecordKind.Event, site.Id, partition, new DateTimeOffset(receivedAt).ToUnixTimeMilliseconds());
    }

    static void Shorten(EventDraft e)
    {
        e.Props.RemoveRange(e.Props.Count / 2, e.Props.Count - e.Props.Count / 2);
        e.Note("props_cut");
    }

    static void Rewind(ArrayBufferWriter<byte> to, int start)
    {
        var kept = to.WrittenSpan[..start].ToArray();
        to.ResetWrittenCount();
        to.Write(kept);
    }

    static void Drop(ArrayBufferWriter<byte> to, DropRecord drop, SiteEntry site, int partition, long receivedMs)
    {
        var start = SpoolRecord.Begin(to);
        MemoryPackSerializer.Serialize(to, drop);
        SpoolRecord.End(to, start, RecordKind.Drop, site.Id, partition, receivedMs);
    }

    static CollectedEvent Collected(EventDraft e, DateTime? sentAt, SiteEntry site, Sender sender, DateTime receivedAt)
    {
        var client = e.Timestamp ?? receivedAt;
        var (time, corrected) = EventTime.Correct(client, sentAt, receivedAt);
        if (corrected) e.Note("clock_corrected");
        return new CollectedEvent
        {
            Id = IdOf(e, site),
            Name = e.Name,
            Timestamp = time,
            ClientTimestamp = client,
            SentAt = sentAt,
            Url = e.Url,
            Referrer = e.Referrer,
            Title = e.Title,
            Mode = e.VisitorId.Length > 0 || e.UserId.Length > 0 ? VisitorMode.Consented : VisitorMode.Cookieless,
            ConsentedId = e.VisitorId.Length > 0 ? VisitorHash.OfDevice(site.Id, e.VisitorId) : 0,
            UserIdHash = e.UserId.Length > 0 ? VisitorHash.OfUser(site.Id, e.UserId) : 0,
            CookielessId = sender.Today,
            CookielessIdYesterday = sender.Yesterday,
            UserId = e.UserId,
            UserVerified = IsVerified(e, site, sender),
            Props = e.Props.Count > 0 ? [.. e.Props] : [],
            Revenue = e.Revenue,
            Currency = e.Currency,
            Interactive = e.Interactive,
            EngagementMs = e.EngagementMs,
            ScrollDepth = e.ScrollDepth,
            PageViewId = e.PageViewId,
            AdId = e.AdId,
            AdCampaignId = e.AdCampaignId,
            AdPlacement = e.AdPlacement,
            Language = e.Language.Length > 0 ? e.Language : sender.Language,
            Screen = e.Screen,
            TimeZone = e.TimeZone,
            App = e.App,
            Library = e.Library,
            Consent = e.Consent,
            UserAgent = sender.UserAgent,
            ClientHints = sender.ClientHints,
            Country = sender.Place.Country,
            Region = sender.Place.Region,
            City = sender.Place.City,
            Asn = sender.Place.Asn,
            Signs = sender.Signs,
            Notes = e.Notes.Count > 0 ? [.. e.Notes] : [],
        };
    }

    /// <summary>A server that holds one of the account's keys knows its users; what a browser says counts with a signature only.</summary>
    static bool IsVerified(EventDraft e, SiteEntry site, Sender sender)
    {
        if (e.UserId.Length == 0) return false;
        if (sender.IsServer) return true;
        if (e.UserSignature.Length == 0) return false;
        if (IdentitySignature.Holds(site.IdentitySecret, e.UserId, e.UserSignature)) return true;
        e.Note("user_signature_wrong");
        return false;
    }

    /// <summary>The client's id; a UUID made of it where it is none; a new one where the client gave none.</summary>
    static Guid IdOf(EventDraft e, SiteEntry site)
    {
        if (e.Id != Guid.Empty) return e.Id;
        if (e.ForeignId.Length == 0) return Guid.NewGuid();
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(Encoding.UTF8.GetBytes(e.ForeignId), hash, site.Id);
        return new Guid(hash);
    }
}
