using MassTransit;
using Microsoft.AspNetCore.SignalR;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Portal.Live;

/// <summary>Hands what the workers say of the sites to the browsers that watch them here.</summary>
sealed class ActivityPush(IHubContext<LiveHub> hub) : IConsumer<SitesActive>
{
    public Task Consume(ConsumeContext<SitesActive> context) =>
        Task.WhenAll(context.Message.Sites.Select(site => PushAsync(site, context.CancellationToken)));

    Task PushAsync(SiteActivity site, CancellationToken cancel) =>
        hub.Clients.Group(LiveHub.Group(site.SiteId)).SendAsync("activity", site.ActiveVisitors, site.Events, cancel);
}
