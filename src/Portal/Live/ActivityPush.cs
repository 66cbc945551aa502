using System.Globalization;
using MassTransit;
using Microsoft.AspNetCore.SignalR;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Live;

/// <summary>Hands what the workers say of the sites to the browsers that watch them here; answers kept from before are none any more.</summary>
sealed class ActivityPush(IHubContext<LiveHub> hub, SitePulse pulse) : IConsumer<SitesActive>
{
    public Task Consume(ConsumeContext<SitesActive> context) =>
        Task.WhenAll(context.Message.Sites.Select(site => PushAsync(site, context.CancellationToken)));

    Task PushAsync(SiteActivity site, CancellationToken cancel)
    {
        pulse.Heard(site.SiteId, string.Create(CultureInfo.InvariantCulture, $"{site.Events}@{site.Window.Ticks}"));
        return hub.Clients.Group(LiveHub.Group(site.SiteId)).SendAsync("activity", site.ActiveVisitors, site.Events, cancel);
    }
}
