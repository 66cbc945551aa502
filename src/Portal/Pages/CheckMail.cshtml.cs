using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Portal.Pages;

sealed class CheckMailModel(IOptions<PortalSettings> portal) : PageModel
{
    public bool HasOutbox => portal.Value.OutboxToken.Length > 0;
}
