namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>Which ids of a site belong together: those that came with one event, and theirs.</summary>
sealed class IdClusters
{
    readonly Dictionary<ulong, ulong> parents = [];

    /// <summary>Makes all of them one; 0 is none.</summary>
    public void Join(IEnumerable<ulong> ids)
    {
        ulong first = 0;
        foreach (var id in ids)
            if (id != 0 && first == 0)
                first = Of(id);
            else if (id != 0)
                parents[Of(id)] = first;
    }

    /// <summary>The id that names the cluster of an id.</summary>
    public ulong Of(ulong id)
    {
        while (parents.TryGetValue(id, out var parent) && parent != id)
            id = parent;
        return id;
    }
}
