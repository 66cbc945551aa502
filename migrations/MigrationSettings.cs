namespace SaaS.Analytics.Migrations;

/// <summary>Connections that migrations need: the owner to change tables, the two roles to create and grant.</summary>
/// <param name="PostgresOwner">Connection string of the owner of the database; may create roles.</param>
/// <param name="PostgresApp">Connection string that portal requests will use; its role is created where missing.</param>
/// <param name="PostgresSystem">Connection string of the role that bypasses row-level security; created where missing.</param>
/// <param name="ClickHouse">ClickHouse.Driver connection string; its database is created where missing.</param>
public sealed record MigrationSettings(string PostgresOwner, string PostgresApp, string PostgresSystem, string ClickHouse)
{
    /// <exception cref="ArgumentException">A setting is missing; the message names its environment variable.</exception>
    public static MigrationSettings FromEnvironment() => new(
        Read("Postgres__Owner"), Read("Postgres__App"), Read("Postgres__System"), Read("ClickHouse__Connection"));

    static string Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new ArgumentException($"Set the environment variable {name} to a connection string.");
}
