using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SaaS.Analytics.Data;

/// <summary>Tells PostgreSQL's row-level security the tenant each time a connection is taken; Npgsql's reset on close takes it back.</summary>
public sealed class TenantConnection(TenantScope scope) : DbConnectionInterceptor
{
    const string Sql = "SELECT set_config('app.tenant_id', @tenant, false)";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => PooledConnection.Begin(connection, Tell);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        PooledConnection.BeginAsync(connection, TellAsync, cancellationToken);

    void Tell(DbConnection connection)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    async Task TellAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Sql;
        var tenant = command.CreateParameter();
        tenant.ParameterName = "tenant";
        tenant.Value = scope.TenantId.ToString();
        command.Parameters.Add(tenant);
        return command;
    }
}
