using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

sealed class TransferModel(TagDrafts drafts, TagTransfer transfer) : TagPage
{
    const int MaxBytes = 5 * 1024 * 1024;

    public ImportReport? Report { get; private set; }
    public string? Problem { get; private set; }

    public bool MayRunCode { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel) =>
        File(Encoding.UTF8.GetBytes(await transfer.ExportAsync(Site, cancel)), "application/json", $"tags-{Site.Domain}.json");

    public async Task<IActionResult> OnPostAsync(IFormFile? file, string? confirm, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (file is null || file.Length is 0 or > MaxBytes) Problem = file is { Length: > MaxBytes } ? "The file is larger than 5 MB." : "Choose a file.";
        else await ImportAsync(file, confirm is not null, cancel);
        return Page();
    }

    async Task ImportAsync(IFormFile file, bool confirmed, CancellationToken cancel)
    {
        using var reader = new StreamReader(file.OpenReadStream());
        try
        {
            var read = TagTransfer.Read(await reader.ReadToEndAsync(cancel));
            var code = MayRunCode && !confirmed ? read.Items.Where(OwnCode.Is).Select(i => $"“{i.Name}”").ToArray() : [];
            if (code.Length == 0) Report = await transfer.AddAsync(Site, read, MayRunCode, By, cancel);
            else Problem = $"Code in the file would run on {Site.Domain}: {string.Join(", ", code.Take(10))}{(code.Length > 10 ? $" and {code.Length - 10} more" : "")}. Look at it, tick the box below, and choose the file again.";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            Problem = "This is neither an export of ours nor a container export of Google Tag Manager.";
        }
    }

    async Task LoadAsync(CancellationToken cancel) => MayRunCode = Role >= (await drafts.ContainerAsync(Site, cancel)).CodeRole;
}
