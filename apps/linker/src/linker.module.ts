import { type DynamicModule, Module } from '@nestjs/common';

/** Nobody asks the linker anything: health and metrics are the service kit's. */
@Module({})
export class LinkerModule {
  static empty(): DynamicModule {
    return { module: LinkerModule };
  }
}
