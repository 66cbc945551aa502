using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Pages.Sites.Tags;

/// <summary>A tag, trigger or variable: number 0 is a new one, whose kind is in <c>?kind=</c>.</summary>
sealed class EditItemModel(TagDrafts drafts) : TagPage
{
    TagItem? row;

    public int Number { get; private set; }
    public ItemSort Sort { get; private set; }
    public string Word => Sort.ToString().ToLowerInvariant();
    public ItemKind Kind { get; private set; } = null!;

    /// <summary>What the form shows.</summary>
    public ItemContent Item { get; private set; } = null!;

    /// <summary>What the draft has.</summary>
    public ItemContent Saved => row?.Content ?? Item;
    public uint Seen { get; private set; }
    public ContainerContent Draft { get; private set; } = null!;
    public IReadOnlyList<ItemContent> Users { get; private set; } = [];
    public Dictionary<string, string> Errors { get; private set; } = [];
    public bool MayRunCode { get; private set; }
    public bool MaySave => MayEdit && (!Kind.RunsCode || MayRunCode);

    /// <summary>Where the form differs from what somebody else saved: field, mine, theirs.</summary>
    public IReadOnlyList<(string, string, string)>? Theirs { get; private set; }
    public bool Gone => row is null;
    public string ChangedBy => row?.ChangedBy ?? "Somebody else";

    public IReadOnlyList<ItemContent> Triggers => [.. TriggerKinds.BuiltIn, .. Draft.Of(ItemSort.Trigger).Where(t => Sort != ItemSort.Trigger || t.Number != Number).OrderBy(t => t.Name)];
    public IReadOnlyList<string> VariableNames => [.. Draft.Of(ItemSort.Variable).Select(v => v.Name).Order(), .. BuiltInVariables.All.Select(v => v.Name)];
    public IEnumerable<string> Folders => Draft.Items.Select(i => i.Folder).Where(f => f.Length > 0).Distinct().Order();

    public string? Error(string field) => Errors.GetValueOrDefault(field);

    public string? Invalid(string field) => Errors.ContainsKey(field) ? "true" : null;

    public async Task<IActionResult> OnGetAsync(string sort, int number, string? kind, CancellationToken cancel)
    {
        if (!await LoadAsync(sort, number, kind, cancel)) return NotFound();
        Item = row?.Content ?? new ItemContent(Sort, 0, Kind.Key, "") { Options = new ItemOptions { Needs = Kind.Needs, On = Sort == ItemSort.Tag ? [-1] : [] } };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string sort, int number, string? kind, uint seen, CancellationToken cancel)
    {
        if (!await LoadAsync(sort, number, kind, cancel)) return NotFound();
        if (!MaySave) return Forbid();
        Item = ItemForm.Read(Request.Form, Sort, Kind, number);
        Errors = ItemForm.Errors(Item, Kind, Draft);
        if (!Confirmed() || Errors.Count > 0)
        {
            Seen = seen;
            return Page();
        }
        return await SaveAsync(seen, cancel);
    }

    public async Task<IActionResult> OnPostCopyAsync(string sort, int number, CancellationToken cancel)
    {
        if (!await LoadAsync(sort, number, null, cancel) || row is null) return NotFound();
        if (!MaySave) return Forbid();
        if (!Confirmed())
        {
            Item = row.Content;
            return Page();
        }
        var names = Draft.Of(Sort).Select(i => i.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var name = Enumerable.Range(2, 1000).Select(n => $"{row.Name[..Math.Min(110, row.Name.Length)]} ({n})").First(n => !names.Contains(n));
        var (answer, made) = await drafts.AddAsync(Site, row.Content with { Name = name }, By, cancel);
        if (answer == TagSave.Saved) TempData.Say("Copied");
        return Redirect(answer == TagSave.Saved ? $"{Root}/{Word}/{made}" : $"{Root}/{Word}/{number}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string sort, int number, uint seen, CancellationToken cancel)
    {
        if (!await LoadAsync(sort, number, null, cancel) || row is null) return Redirect($"{Root}?view={sort}");
        if (!MaySave) return Forbid();
        var (answer, users) = await drafts.DeleteAsync(Site, (Sort, number), seen, By, cancel);
        if (answer == TagSave.Conflict) return await ChangedMeanwhileAsync(cancel);
        if (users.Count == 0)
        {
            TempData.Say($"{row.Name} is deleted from the draft");
            return Redirect($"{Root}?view={Word}");
        }
        Errors["used"] = $"It is used by {string.Join(", ", users.Select(u => u.Name))}. Take it out there first.";
        Item = row.Content;
        return Page();
    }

    /// <summary>What is not confirmed is among the errors.</summary>
    bool Confirmed()
    {
        if (!Kind.RunsCode || Request.Form.ContainsKey("confirm")) return true;
        Errors["confirm"] = "Confirm that you know what the code does.";
        return false;
    }

    async Task<IActionResult> SaveAsync(uint seen, CancellationToken cancel)
    {
        var number = Number;
        var answer = TagSave.Saved;
        if (row is null) (answer, number) = await drafts.AddAsync(Site, Item, By, cancel);
        else answer = await drafts.ChangeAsync(Site, Item, seen, By, cancel);
        switch (answer)
        {
            case TagSave.Saved:
                TempData.Say($"{Item.Name} is saved in the draft");
                return Redirect($"{Root}?view={Word}");
            case TagSave.NameTaken:
                Errors["name"] = $"Another {Word} has this name.";
                Seen = seen;
                return Page();
            default:
                await ShowConflictAsync(cancel);
                return Page();
        }
    }

    /// <summary>What was to be deleted is shown as somebody else left it.</summary>
    async Task<IActionResult> ChangedMeanwhileAsync(CancellationToken cancel)
    {
        if ((row = await drafts.FindAsync(Site, Sort, Number, cancel)) is null) return Redirect($"{Root}?view={Word}");
        (Item, Seen) = (row.Content, row.Version);
        Errors["seen"] = $"{row.ChangedBy} changed it in the meantime. Look at it as it is now, and delete it then.";
        return Page();
    }

    async Task ShowConflictAsync(CancellationToken cancel)
    {
        row = await drafts.FindAsync(Site, Sort, Number, cancel);
        Seen = row?.Version ?? 0;
        Theirs = row is null ? [] : ContentDiff.Fields((Item, Draft), (row.Content, Draft));
    }

    async Task<bool> LoadAsync(string sort, int number, string? kind, CancellationToken cancel)
    {
        if (!Enum.TryParse<ItemSort>(sort, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed)) return false;
        (Sort, Number) = (parsed, number);
        if (number > 0 && (row = await drafts.FindAsync(Site, Sort, number, cancel)) is null && HttpMethods.IsGet(Request.Method)) return false;
        if (ItemKinds.Find(Sort, row?.Kind ?? kind) is not { } found) return false;
        Kind = found;
        Draft = await drafts.ContentAsync(Site, cancel);
        Seen = row?.Version ?? 0;
        if (row is not null) Users = References.UsersOf(row.Content, Draft.Items);
        MayRunCode = Role >= (await drafts.ContainerAsync(Site, cancel)).CodeRole;
        return true;
    }
}
