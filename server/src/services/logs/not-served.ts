/** Operations of the model that are not served, and what they are about. */
export const NOT_SERVED: Readonly<Record<string, string>> = {
  AssociateSourceToS3TableIntegration: 'tables in S3',
  DisassociateSourceFromS3TableIntegration: 'tables in S3',
  ListSourcesForS3TableIntegration: 'tables in S3',
  PutIntegration: 'dashboards of OpenSearch Service',
  GetIntegration: 'dashboards of OpenSearch Service',
  ListIntegrations: 'dashboards of OpenSearch Service',
  DeleteIntegration: 'dashboards of OpenSearch Service',
  CreateImportTask: 'event data stores of CloudTrail Lake',
  CancelImportTask: 'event data stores of CloudTrail Lake',
  DescribeImportTasks: 'event data stores of CloudTrail Lake',
  DescribeImportTaskBatches: 'event data stores of CloudTrail Lake',
  GetLogFields: 'schemas of data sources, which AWS knows of its own services and of pipelines',
  GetLogObject: 'events of more than 1 MB, which are refused at every door',
  PutSyslogConfiguration: 'endpoints of a VPC',
  ListSyslogConfigurations: 'endpoints of a VPC',
  DeleteSyslogConfiguration: 'endpoints of a VPC',
}
