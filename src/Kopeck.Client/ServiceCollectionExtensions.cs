using Microsoft.Extensions.DependencyInjection;

namespace Kopeck.Client;

/// <summary>Adds the client to a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="KopeckClient"/> for the whole process: its channel is shared by all who use it.</summary>
    public static IServiceCollection AddKopeckClient(this IServiceCollection services, Action<KopeckClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddKopeckClient((_, options) => configure(options));
    }

    /// <summary>The same with what the container holds at hand, for instance a configuration.</summary>
    public static IServiceCollection AddKopeckClient(this IServiceCollection services, Action<IServiceProvider, KopeckClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddSingleton(provider =>
        {
            var options = new KopeckClientOptions();
            configure(provider, options);
            return new KopeckClient(options);
        });
    }
}
