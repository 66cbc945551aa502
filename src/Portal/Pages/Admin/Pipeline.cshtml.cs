using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline.Replay;
using SaaS.Analytics.Portal.Admin;
using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Portal.Pages.Admin;

/// <summary>Alerts, quarantined and stuck chunks, and who owns which partition.</summary>
sealed class PipelineModel(PipelineHealth health, FailedChunks failed, VisitRebuilds rebuilds, TimeProvider time) : AdminPage
{
    public IReadOnlyList<OperatorAlert> Alerts { get; private set; } = [];
    public (List<QuarantinedChunk> Rows, int Count) Quarantined { get; private set; } = ([], 0);
    public (List<OpenChunkRow> Rows, int Count) Stuck { get; private set; } = ([], 0);
    public IReadOnlyList<PartitionOwner> Partitions { get; private set; } = [];
    public int FailedMessages { get; private set; }
    public IReadOnlyList<RebuildRow> Rebuilds { get; private set; } = [];

    [BindProperty] public string? Site { get; set; }
    [BindProperty] public DateOnly? First { get; set; }
    [BindProperty] public DateOnly? Last { get; set; }
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Alerts = await health.AlertsAsync(cancel);
        Quarantined = await health.QuarantinedAsync(cancel);
        Stuck = await health.StuckAsync(cancel);
        Partitions = await health.PartitionsAsync(cancel);
        FailedMessages = await health.FailedMessagesAsync(cancel);
        Rebuilds = await rebuilds.NewestAsync(cancel);
    }

    public async Task<IActionResult> OnPostReplayAsync(Guid id, CancellationToken cancel)
    {
        TempData.Say(await failed.ReplayAsync(id, cancel) ? "The chunk is on its way again" : "The chunk is gone, or on its way already");
        return Redirect("/admin/pipeline");
    }

    public async Task<IActionResult> OnPostRebuildAsync(CancellationToken cancel)
    {
        if (await rebuilds.RequestAsync(Site ?? "", First, Last, User.FindFirstValue(ClaimTypes.Email) ?? "", cancel) is var (field, error))
        {
            ModelState.AddModelError(field, error);
            await OnGetAsync(cancel);
            return Page();
        }
        TempData.Say("The visits are being made again");
        return Redirect("/admin/pipeline#rebuild");
    }
}
