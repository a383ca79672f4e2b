import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import { trackerSettings, type TrackerSetting } from '../facts/tracker-settings.ts';
import { byType } from './by-type.ts';
import { runSetting, type RunSetting } from './container-settings.ts';
import { setting, words, yesNo, type Setting } from './setting.ts';
import type { Resource } from '../model/resource.ts';

/** A setting that the table of trackers and their like knows, as it is written. */
export interface KnownSetting {
  readonly setting: RunSetting;
  readonly row: TrackerSetting;
}

export const knownSetting: Concept<KnownSetting> = {
  name: 'setting of a tracker, a demo page or a vector database',
  sees: (type, dialect) => maySee(runSetting, type, dialect),
  *view(resource, world) {
    for (const setting of runSetting.view(resource, world)) {
      const row = trackerSettings.find((candidate) => matches(candidate, setting));
      if (row) yield { setting, row };
    }
  },
};

const matches = (row: TrackerSetting, { is, text, value }: RunSetting): boolean =>
  is === 'argument' ? (row.flag?.test(text) ?? false) : row.env?.name === text && row.env.value.test(value);

/** What is written, for a message. */
export const written = ({ is, text, value }: RunSetting): string => (is === 'variable' ? `${text}=${value}` : text);

/** A managed MLflow. */
export interface ManagedTracker {
  readonly resource: Resource;
  readonly registersModels: Setting<boolean>;
}

// Default: SageMaker API reference, CreateMlflowTrackingServer (AutomaticModelRegistration false).
export const managedTracker = byType<ManagedTracker>('managed experiment tracker', {
  aws_sagemaker_mlflow_tracking_server: (r) => [
    { resource: r, registersModels: setting(r.attr('automatic_model_registration'), yesNo, false) },
  ],
  'AWS::SageMaker::MlflowApp': (r) => [
    {
      resource: r,
      registersModels: setting(
        r.attr('Properties', 'ModelRegistrationMode'),
        words('AutoModelRegistrationEnabled', 'AutoModelRegistrationDisabled'),
        false,
      ),
    },
  ],
  'AWS::SageMaker::MlflowTrackingServer': (r) => [
    { resource: r, registersModels: setting(r.attr('Properties', 'AutomaticModelRegistration'), yesNo, false) },
  ],
});
