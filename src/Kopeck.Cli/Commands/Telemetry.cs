using System.Reflection;
using Kopeck.Engine;
using Kopeck.Server.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kopeck.Cli.Commands;

/// <summary>
/// Traces and metrics by OTLP, for a server whose environment says where to: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the other standard
/// variables of OpenTelemetry, which its library reads by itself. Without them nothing is collected or sent.
/// </summary>
sealed class Telemetry : IDisposable
{
    const string Disabled = "OTEL_SDK_DISABLED";
    const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    readonly List<IDisposable> providers = [];

    Telemetry()
    {
    }

    /// <summary>Begins to send what the variables ask for; null for nothing.</summary>
    public static Telemetry? Start(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.GetValueOrDefault(Disabled) == "true")
            return null;
        var telemetry = new Telemetry();
        if (IsWanted(variables, "TRACES"))
            telemetry.providers.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource(variables))
                .AddSource("Microsoft.AspNetCore", EngineTrace.SourceName, "Npgsql").AddOtlpExporter().Build());
        if (IsWanted(variables, "METRICS"))
            telemetry.providers.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource(variables))
                .AddMeter(ServerMetrics.MeterName, "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql").AddOtlpExporter()
                .Build());
        return telemetry.providers.Count > 0 ? telemetry : null;
    }

    /// <summary>Sends what was collected.</summary>
    public void Dispose()
    {
        foreach (var provider in providers)
            provider.Dispose();
    }

    static bool IsWanted(IReadOnlyDictionary<string, string> variables, string signal) =>
        variables.GetValueOrDefault($"OTEL_{signal}_EXPORTER", "otlp") == "otlp"
        && (variables.ContainsKey(Endpoint) || variables.ContainsKey($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));

    static ResourceBuilder Resource(IReadOnlyDictionary<string, string> variables)
    {
        var version = typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var resource = ResourceBuilder.CreateDefault();
        if (!variables.ContainsKey("OTEL_SERVICE_NAME"))
            resource.AddService("kopeck", serviceVersion: version?.Split('+')[0]);
        return resource;
    }
}
