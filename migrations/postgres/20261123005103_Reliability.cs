using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SaaS.Analytics.Migrations.postgres
{
    /// <inheritdoc />
    public partial class Reliability : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "uncounted",
                schema: "pipeline",
                table: "chunks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "was_dead",
                schema: "pipeline",
                table: "chunks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "chunk_trials",
                schema: "pipeline",
                columns: table => new
                {
                    chunk_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chunk_trials", x => x.chunk_id);
                });

            migrationBuilder.CreateTable(
                name: "failed_messages",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    queue = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    error = table.Column<string>(type: "text", nullable: false),
                    failed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_failed_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operator_alerts",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    site_id = table.Column<int>(type: "integer", nullable: true),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    details = table.Column<string>(type: "text", nullable: false),
                    raised_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operator_alerts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_chunks_uncounted",
                schema: "pipeline",
                table: "chunks",
                column: "uncounted",
                filter: "uncounted");

            migrationBuilder.CreateIndex(
                name: "ix_operator_alerts_kind_site_id",
                schema: "pipeline",
                table: "operator_alerts",
                columns: new[] { "kind", "site_id" },
                unique: true,
                filter: "resolved_at IS NULL")
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "chunk_trials",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "failed_messages",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "operator_alerts",
                schema: "pipeline");

            migrationBuilder.DropIndex(
                name: "ix_chunks_uncounted",
                schema: "pipeline",
                table: "chunks");

            migrationBuilder.DropColumn(
                name: "uncounted",
                schema: "pipeline",
                table: "chunks");

            migrationBuilder.DropColumn(
                name: "was_dead",
                schema: "pipeline",
                table: "chunks");
        }
    }
}
