using Microsoft.Extensions.DependencyInjection;

namespace Kopeck.Client;

/// <summary>Adds the client to a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="KopeckClient"/>, which is <see cref="IKopeckClient"/> too, for the whole process: its channel is shared by all
    /// who use it.
    /// </summary>
    /// <exception cref="ArgumentException">The options are not usable; the message says why.</exception>
    public static IServiceCollection AddKopeckClient(this IServiceCollection services, Action<KopeckClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new KopeckClientOptions();
        configure(options);
        if (options.FindProblem() is { } problem)
            throw new ArgumentException(problem, nameof(configure));
        return services.AddSingleton(_ => new KopeckClient(options)).AddInterface();
    }

    /// <summary>
    /// The same with what the container holds at hand, for instance a configuration; so the options are looked at when the client is made.
    /// </summary>
    public static IServiceCollection AddKopeckClient(
        this IServiceCollection services, Action<IServiceProvider, KopeckClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddSingleton(provider =>
        {
            var options = new KopeckClientOptions();
            configure(provider, options);
            return new KopeckClient(options);
        }).AddInterface();
    }

    // The same one: whoever asks for which.
    static IServiceCollection AddInterface(this IServiceCollection services) =>
        services.AddSingleton<IKopeckClient>(provider => provider.GetRequiredService<KopeckClient>());
}
