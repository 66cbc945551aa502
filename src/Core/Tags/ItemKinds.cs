namespace SaaS.Analytics.Tags;

/// <summary>The three lists of kinds, by sort and key.</summary>
public static class ItemKinds
{
    public static IReadOnlyList<ItemKind> Of(ItemSort sort) => sort switch
    {
        ItemSort.Tag => TagTemplates.All,
        ItemSort.Trigger => TriggerKinds.All,
        _ => VariableKinds.All,
    };

    /// <returns>Null where this version of the product has no such kind.</returns>
    public static ItemKind? Find(ItemSort sort, string? key) => Of(sort).FirstOrDefault(k => k.Key == key);
}
