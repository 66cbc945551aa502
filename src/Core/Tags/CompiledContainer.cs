using System.Text.Json.Nodes;

namespace SaaS.Analytics.Tags;

/// <summary>A version as the runtime takes it.</summary>
/// <param name="Container">Public: each visitor can read it. No name of a tag, trigger or variable is in it.</param>
/// <param name="Pieces">Templates and listeners that it needs, as <c>t:key</c> and <c>on:key</c>.</param>
/// <param name="Code">The customer's own code, by the key under which the runtime looks for it.</param>
public sealed record CompiledContainer(JsonObject Container, IReadOnlyList<string> Pieces, IReadOnlyDictionary<string, string> Code);

/// <summary>What a container does not know of itself.</summary>
/// <param name="TrackingId">Of the site.</param>
/// <param name="Version">0 for a draft.</param>
/// <param name="Environment">Name of it.</param>
/// <param name="VisitTimeoutMinutes">Gap that ends a visit.</param>
/// <param name="Hosts">Of the site.</param>
public sealed record ContainerPlace(string TrackingId, int Version, string Environment, int VisitTimeoutMinutes, IReadOnlyList<string> Hosts);
