/** Operations of CloudWatch's model that are not served, each with what would be needed. They answer `NotImplemented` with their name. */
export const NOT_SERVED: Readonly<Record<string, string>> = {
  AssociateDatasetKmsKey: 'keys of AWS KMS',
  DisassociateDatasetKmsKey: 'keys of AWS KMS',
  GetDataset: 'keys of AWS KMS',
  CreateResourceMetricsConfiguration: "metrics of AWS's own resources",
  DeleteResourceMetricsConfiguration: "metrics of AWS's own resources",
  GetResourceMetricsConfiguration: "metrics of AWS's own resources",
  UpdateResourceMetricsConfiguration: "metrics of AWS's own resources",
  GetOTelEnrichment: "metrics of AWS's own resources",
  StartOTelEnrichment: "metrics of AWS's own resources",
  StopOTelEnrichment: "metrics of AWS's own resources",
  UpdateOTelEnrichment: "metrics of AWS's own resources",
}
