package io.trustpipeline.config;

/**
 * What compute costs. The defaults are those of AWS Fargate on Linux/x86 in us-east-2, in US dollars.
 *
 * @param vcpuHour of one vCPU for an hour
 * @param gigabyteHour of one gigabyte of memory for an hour
 * @param gigabytes of memory that the machine is paid for
 */
public record PriceSettings(double vcpuHour, double gigabyteHour, double gigabytes) {}
