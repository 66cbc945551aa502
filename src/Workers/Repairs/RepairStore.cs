using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>What a repair reads and writes.</summary>
public sealed record RepairStore(PeopleReader People, EventCorrections Events, SnapshotWriter Snapshots);
