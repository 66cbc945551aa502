using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Portal.Outbox;

namespace SaaS.Analytics.Portal.Pages;

[ResponseCache(NoStore = true)]
sealed class OutboxModel(OutboxGate gate, OutboxReader reader) : PageModel
{
    string token = "";

    public IReadOnlyList<OutboxMail> Mails { get; private set; } = [];
    public OutboxMail? Opened { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, Guid? mail, CancellationToken cancel)
    {
        if (!gate.Opens(HttpContext, token)) return NotFound();
        this.token = token!;
        Mails = await reader.NewestAsync(cancel);
        Opened = mail is null ? null : Mails.FirstOrDefault(m => m.Id == mail);
        return Page();
    }

    public string Open(OutboxMail mail) => $"/outbox?token={Uri.EscapeDataString(token)}&mail={mail.Id}";

    public static string? LinkIn(string paragraph) =>
        paragraph.Split('\n').FirstOrDefault(l => l.StartsWith("http://", StringComparison.Ordinal) || l.StartsWith("https://", StringComparison.Ordinal));
}
