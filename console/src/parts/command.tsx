import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import './command.css'

/** A command to run in a terminal, ready to copy. */
export const Command = ({ text }: { readonly text: string }) => (
  <div className="command-line">
    <pre className="command" tabIndex={0}>{text}</pre>
    <CopyToClipboard
      variant="icon"
      copyButtonAriaLabel="Copy the command"
      copySuccessText="Copied"
      copyErrorText="Not copied"
      textToCopy={text}
    />
  </div>
)
