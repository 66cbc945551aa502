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

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel) =>
        File(Encoding.UTF8.GetBytes(await transfer.ExportAsync(Site, cancel)), "application/json", $"tags-{Site.Domain}.json");

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancel)
    {
        if (file is null || file.Length is 0 or > MaxBytes) Problem = file is { Length: > MaxBytes } ? "The file is larger than 5 MB." : "Choose a file.";
        else await ImportAsync(file, cancel);
        return Page();
    }

    async Task ImportAsync(IFormFile file, CancellationToken cancel)
    {
        using var reader = new StreamReader(file.OpenReadStream());
        try
        {
            var read = TagTransfer.Read(await reader.ReadToEndAsync(cancel));
            var mayRunCode = Role >= (await drafts.ContainerAsync(Site, cancel)).CodeRole;
            Report = await transfer.AddAsync(Site, read, mayRunCode, By, cancel);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            Problem = "This is neither an export of ours nor a container export of Google Tag Manager.";
        }
    }
}
