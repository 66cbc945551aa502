using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SaaS.Analytics.Migrations.postgres
{
    /// <inheritdoc />
    public partial class AlertHolds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "holds",
                table: "alerts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_alerts_opened_at",
                table: "alerts",
                column: "opened_at",
                filter: "state = 'open'");

            migrationBuilder.Sql("UPDATE alerts SET holds = true WHERE visit_id = 0 AND state <> 'resolved'");

            migrationBuilder.CreateIndex(
                name: "ix_alerts_rule_id",
                table: "alerts",
                column: "rule_id",
                filter: "holds");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_alerts_opened_at",
                table: "alerts");

            migrationBuilder.DropIndex(
                name: "ix_alerts_rule_id",
                table: "alerts");

            migrationBuilder.DropColumn(
                name: "holds",
                table: "alerts");
        }
    }
}
