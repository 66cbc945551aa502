using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SaaS.Analytics.Data;

/// <summary>Tells PostgreSQL's row-level security the tenant each time a connection is taken; Npgsql's reset on close takes it back.</summary>
public sealed class TenantConnection(TenantScope scope) : DbConnectionInterceptor
{
    const string Sql = "SELECT set_config('app.tenant_id', @tenant, false)";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
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
