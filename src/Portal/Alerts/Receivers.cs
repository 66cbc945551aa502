using System.Net.Mail;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Alerts;

/// <param name="Id">Of the target; of a member without one yet, the user's.</param>
/// <param name="Target">Null for a member who was never chosen.</param>
/// <param name="Name">Address or URL.</param>
public sealed record Receiver(Guid Id, AlertTarget? Target, string Name, string Kind)
{
    public bool CanReceive => Target is null || (Target.ConfirmedAt is not null && Target.StoppedAt is null);

    public string State => Target switch
    {
        { ConfirmedAt: null } => "not confirmed yet",
        { StoppedAt: not null } => "wants no more mails",
        _ => "",
    };

    public string KindWords => Kind switch
    {
        TargetKinds.Slack => "Slack",
        TargetKinds.Teams => "Microsoft Teams",
        TargetKinds.PagerDuty => "PagerDuty",
        _ => Kind,
    };
}

/// <summary>Who can be told: the members, addresses that were confirmed, webhooks.</summary>
public sealed class Receivers(AnalyticsDb db, CurrentMember current, IOptions<PortalSettings> portal, TimeProvider time)
{
    const int Most = 200;
    const int ShownOfKey = 4;
    const string Question = "Confirm that you want alerts";

    public async Task<IReadOnlyList<Receiver>> AllAsync(CancellationToken cancel)
    {
        var targets = await db.AlertTargets.AsNoTracking().OrderBy(t => t.CreatedAt).ToListAsync(cancel);
        var members = await (from m in db.Members join u in db.Users on m.UserId equals u.Id orderby u.Email select new { u.Id, u.Email }).ToListAsync(cancel);
        return
        [
            .. members.Select(m => targets.Find(t => t.UserId == m.Id) is { } t ? new Receiver(t.Id, t, m.Email!, TargetKinds.Member) : new Receiver(m.Id, null, m.Email!, TargetKinds.Member)),
            .. targets.Where(t => t.UserId is null).Select(t => new Receiver(t.Id, t, t.Kind == TargetKinds.PagerDuty ? $"Service with the key …{t.Address[^ShownOfKey..]}" : t.Address, t.Kind)),
        ];
    }

    /// <summary>Makes targets of members who are chosen for the first time; what is no receiver of this tenant is left out.</summary>
    public async Task<Guid[]> TargetsAsync(IEnumerable<Guid> chosen, CancellationToken cancel)
    {
        var ids = new List<Guid>();
        foreach (var receiver in (await AllAsync(cancel)).Where(r => chosen.Contains(r.Id)))
        {
            if (receiver.Target is null) db.AlertTargets.Add(Target(TargetKinds.Member, "", receiver.Id, Now));
            ids.Add(receiver.Target?.Id ?? db.AlertTargets.Local.Single(t => t.UserId == receiver.Id).Id);
        }
        await db.SaveChangesAsync(cancel);
        return [.. ids];
    }

    /// <returns>What is wrong; null where a mail with a link is on its way.</returns>
    public async Task<string?> AddMailAsync(string? text, CancellationToken cancel)
    {
        var address = (text ?? "").Trim();
        if (!MailAddress.TryCreate(address, out var parsed) || parsed.Address != address || address.Length > 254) return "Enter an e-mail address like ops@example.com.";
        if (await RefusalAsync(address, cancel) is { } refusal) return refusal;
        var target = Target(TargetKinds.Mail, address, null, null);
        db.AlertTargets.Add(target);
        db.Outbox.Add(Ask(target));
        await db.SaveChangesAsync(cancel);
        return null;
    }

    OutboxMail Ask(AlertTarget target) => new Letter(Question)
        .Say("Somebody who runs a web site wants to send alerts about it to this address. If you want them, confirm it.")
        .Link("Confirm this address", portal.Value.Absolute($"/alerts/confirm?token={target.Token}"))
        .Say("If you do not know what this is about, ignore this mail: nothing is sent.")
        .To(target.Address, Now, current.Member.TenantId);

    /// <summary>Whose mails have ended, or who has not confirmed: an address is asked by mail, once a day at most; members decide for themselves.</summary>
    public bool MayAskAgain(Receiver receiver) => !receiver.CanReceive
        && (receiver.Kind == TargetKinds.Mail ? SiteRuleBook.MayChange(current.Member) : receiver.Target!.UserId == current.Member.UserId);

    /// <returns>What has become of it, for the member.</returns>
    public async Task<string> AskAgainAsync(Guid id, CancellationToken cancel)
    {
        var target = await db.AlertTargets.AsTracking().SingleOrDefaultAsync(t => t.Id == id, cancel);
        if (target is null || !MayAskAgain(new Receiver(id, target, target.Address, target.Kind))) return "This receiver cannot be asked again";
        if (target.Kind == TargetKinds.Mail)
        {
            var day = Now.AddDays(-1);
            if (await db.Outbox.AnyAsync(m => m.To == target.Address && m.Subject == Question && m.CreatedAt > day, cancel)) return "It was asked within the last 24 hours: wait for the answer";
            target.ConfirmedAt = null;
            db.Outbox.Add(Ask(target));
        }
        else
        {
            target.StoppedAt = null;
        }
        await db.SaveChangesAsync(cancel);
        return target.Kind == TargetKinds.Mail ? "A mail with a link is on its way; alerts go there once it is opened" : "You get alerts again";
    }

    /// <param name="text">The address.</param>
    /// <param name="kind">Whose language is spoken there: Slack's, Microsoft Teams', or ours.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The secret that signs what is sent in our own language, or what is wrong.</returns>
    public async Task<(string? Secret, string? Error)> AddWebhookAsync(string? text, string? kind, CancellationToken cancel)
    {
        var url = (text ?? "").Trim();
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != "https" && !(uri.Scheme == "http" && uri.IsLoopback)) || uri.UserInfo.Length > 0 || url.Length > 500)
            return (null, "Enter an address like https://hooks.example.com/alerts, without a password in it. It must be https: alerts name people.");
        if (await RefusalAsync(url, cancel) is { } refusal) return (null, refusal);
        var target = Target(kind is TargetKinds.Slack or TargetKinds.Teams ? kind : TargetKinds.Webhook, url, null, Now);
        if (target.Kind == TargetKinds.Webhook) target.Secret = "whsec_" + Token();
        db.AlertTargets.Add(target);
        await db.SaveChangesAsync(cancel);
        return (target.Secret.Length > 0 ? target.Secret : null, null);
    }

    /// <returns>What is wrong; null where the service is a receiver now.</returns>
    public async Task<string?> AddPagerDutyAsync(string? text, CancellationToken cancel)
    {
        var key = (text ?? "").Trim();
        if (key.Length != 32 || !key.All(char.IsAsciiLetterOrDigit)) return "Enter the integration key of a service with the Events API v2: 32 letters and digits.";
        // The end of the key tells services apart; what follows a # is not sent.
        var address = $"{PagerDutyEvent.Endpoint}#{key[^ShownOfKey..]}";
        if (await RefusalAsync(address, cancel) is { } refusal) return refusal;
        var target = Target(TargetKinds.PagerDuty, address, null, Now);
        target.Secret = key;
        db.AlertTargets.Add(target);
        await db.SaveChangesAsync(cancel);
        return null;
    }

    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancel) =>
        SiteRuleBook.MayChange(current.Member) && await db.AlertTargets.Where(t => t.Id == id && t.UserId == null).ExecuteDeleteAsync(cancel) > 0;

    async Task<string?> RefusalAsync(string address, CancellationToken cancel)
    {
        if (!SiteRuleBook.MayChange(current.Member)) return "Only editors, admins and owners add receivers.";
        if (await db.AlertTargets.AnyAsync(t => t.Address == address, cancel)) return "This receiver is there already.";
        return await db.AlertTargets.CountAsync(cancel) >= Most ? $"There are at most {Most} receivers. Remove one that is not needed." : null;
    }

    AlertTarget Target(string kind, string address, Guid? userId, DateTime? confirmed) => new()
    {
        TenantId = current.Member.TenantId, Kind = kind, Address = address, UserId = userId, Token = Token(), ConfirmedAt = confirmed, CreatedAt = Now,
    };

    DateTime Now => time.GetUtcNow().UtcDateTime;

    static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
