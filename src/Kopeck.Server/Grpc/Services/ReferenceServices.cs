using Grpc.Core;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Services;

/// <summary>Reference data.</summary>
sealed class ReferenceServices(GrpcCalls calls) : ReferenceService.ReferenceServiceBase
{
    public override Task<ListCurrenciesResponse> ListCurrencies(ListCurrenciesRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new ListCurrenciesResponse { Items = { ((ListContent)answer.Content!).Items.Select(item => OtherMessages.ToMessage(((CurrencyContent)item).Currency)) } });

    public override Task<ListCountriesResponse> ListCountries(ListCountriesRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new ListCountriesResponse { Items = { ((ListContent)answer.Content!).Items.Select(item => OtherMessages.ToMessage(((CountryContent)item).Country)) } });

    public override Task<ListCitiesResponse> ListCities(ListCitiesRequest request, ServerCallContext context) =>
        calls.RunAsync(request, context, answer => new ListCitiesResponse { Items = { ((ListContent)answer.Content!).Items.Select(item => OtherMessages.ToMessage(((CityContent)item).City)) } });
}
